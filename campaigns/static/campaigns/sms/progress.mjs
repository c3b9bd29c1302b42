// Keeps the page of a broadcast up to date while it is open.
const EVERY = 2_000;
const box = document.querySelector("[data-progress]");
const place = (name) => box.querySelector(`[data-${name}]`);

async function look() {
  if (document.visibilityState === "hidden") return;
  try {
    const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
    if (answer.ok) show(await answer.json());
  } catch {
    // No network: the next look tells.
  }
}

function show(found) {
  // Other buttons belong to a broadcast that is over or was paused by somebody else.
  if (found.is_over || found.is_paused === place("paused").hidden) {
    location.reload();
    return;
  }
  place("state").textContent = found.state.charAt(0).toLocaleUpperCase() + found.state.slice(1);
  place("percent").value = found.percent;
  for (const name of ["settled", "texts", "parts", "cost"]) place(name).textContent = found[name];
  place("ends").textContent = found.ends || "–";
  place("rows").replaceChildren(...found.rows.map(row));
}

function row([state, label, number]) {
  const [line, term, value] = ["div", "dt", "dd"].map((name) => document.createElement(name));
  line.dataset.row = state;
  term.textContent = label.charAt(0).toLocaleUpperCase() + label.slice(1);
  value.textContent = number;
  line.append(term, value);
  return line;
}

setInterval(look, EVERY);
