/* Big plus and minus beside every box, and the total as it grows. The form works without. */
const form = document.querySelector("[data-head-count]");
const boxes = [...form.querySelectorAll("[data-people]")];
const total = form.querySelector("[data-total]");

function step(box, by) {
  box.value = Math.max(0, (Number.parseInt(box.value, 10) || 0) + by) || "";
  add();
}

function button(box, by, sign) {
  const one = document.createElement("button");
  one.type = "button";
  one.className = "button step";
  one.textContent = sign;
  one.setAttribute("aria-label", `${sign} ${box.labels[0].textContent}`);
  one.addEventListener("click", () => step(box, by));
  return one;
}

function add() {
  total.textContent = boxes.reduce((sum, box) => sum + (Number.parseInt(box.value, 10) || 0), 0);
}

for (const box of boxes) {
  box.before(button(box, -1, "−"));
  box.after(button(box, 1, "+"));
  box.addEventListener("input", add);
}
add();
