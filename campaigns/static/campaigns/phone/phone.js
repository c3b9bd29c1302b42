// Looks for an answer every second for twenty seconds; without this script a link does the same.
const EVERY = 1000;
const TIMES = 20;

const screen = document.querySelector("[data-thread]");
const text = document.querySelector("#text");

function toEnd() {
  screen.scrollTop = screen.scrollHeight;
}

// Only what is new is touched, so that a screen reader says nothing twice.
function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".texts");
  const list = screen.querySelector(".texts");
  const items = [...fresh.children];
  list.toggleAttribute("data-waiting", fresh.hasAttribute("data-waiting"));
  items.forEach((item, place) => {
    const old = list.children[place];
    if (!old) list.append(item);
    else if (!old.isEqualNode(item)) old.replaceWith(item);
  });
  while (list.children.length > items.length) list.lastElementChild.remove();
  toEnd();
}

async function look() {
  const answer = await fetch(screen.dataset.thread, { headers: { Accept: "text/html" } });
  if (answer.ok) show(await answer.text());
}

async function wait(times) {
  if (!times || !screen.querySelector("[data-waiting]")) return;
  await new Promise((resolve) => setTimeout(resolve, EVERY));
  await look().catch(() => {});
  await wait(times - 1);
}

for (const link of document.querySelectorAll("[data-words]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    text.value = link.dataset.words;
    text.focus();
  });
}
toEnd();
wait(TIMES);
