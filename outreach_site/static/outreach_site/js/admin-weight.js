// Fills the panel that says what a page weighs, once the editor is there and after each save.
async function weigh(panel) {
  try {
    const answer = await fetch(panel.dataset.weight, { credentials: "same-origin" });
    if (answer.ok) panel.innerHTML = await answer.text();
  } catch {
    // No network: the link stays.
  }
}

const weighAll = () => document.querySelectorAll("[data-weight]").forEach(weigh);
document.addEventListener("DOMContentLoaded", weighAll);
document.addEventListener("w-autosave:success", weighAll);
