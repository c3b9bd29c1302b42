/* The public pages' only script: leaving quickly, counting taps, shutting menus. All works without it. */

const EXIT = "/exit/";
const PRESSES = 3;
const WITHIN = 5000; // ms between two presses of Shift

function cover() {
  const sheet = document.createElement("div");
  sheet.className = "gone";
  document.body.append(sheet);
  document.title = "…";
}

function leave() {
  cover();
  location.assign(EXIT);
}

for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
}

let presses = 0;
let last = 0;
document.addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || event.ctrlKey || event.altKey || event.metaKey) {
    presses = 0;
    return;
  }
  presses = event.timeStamp - last < WITHIN ? presses + 1 : 1;
  last = event.timeStamp;
  if (presses === PRESSES) leave();
});

// A page that the browser kept in memory would come back without asking the server: ask.
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    cover();
    location.reload();
  }
});

// Browsers with `ping` tell the server of a tap by themselves; the others need a beacon.
for (const link of document.querySelectorAll("a[data-tap]")) {
  if (!("ping" in link) || !link.ping) {
    link.addEventListener("click", () => navigator.sendBeacon(`/tap/${link.dataset.tap}/`));
  }
}

// A menu shuts on Escape and on a tap beside it.
for (const menu of document.querySelectorAll("details[data-menu]")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
