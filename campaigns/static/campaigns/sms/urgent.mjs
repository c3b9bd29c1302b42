// Asks every half minute whether a cry for help waits, and says so on whatever screen is open.
const { look: here, state } = document.querySelector("script[data-state]").dataset;
const EVERY = 30_000;
const title = document.title;
let banner;

async function look() {
  if (document.visibilityState === "hidden") return;
  try {
    const answer = await fetch(state, { headers: { Accept: "application/json" } });
    if (answer.ok) show(await answer.json());
  } catch {
    // No network: the next look tells.
  }
}

function show({ waiting, words, look: label }) {
  document.title = waiting ? `(${waiting}) ${title}` : title;
  if (!waiting) {
    banner?.remove();
    banner = undefined;
    return;
  }
  if (!banner) {
    banner = document.createElement("div");
    banner.className = "loa-urgent";
    banner.setAttribute("role", "alert");
    banner.append(document.createElement("span"), document.createElement("a"));
    document.querySelector("main, #main")?.prepend(banner);
  }
  const [says, link] = banner.children;
  if (says.textContent !== words) says.textContent = words;
  link.textContent = label;
  link.href = here;
}

// Only for those whose menu leads there; not on the page for signing in, which has no menu.
if (document.querySelector("#wagtail-sidebar-props")?.textContent.includes(here)) {
  look();
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
}
