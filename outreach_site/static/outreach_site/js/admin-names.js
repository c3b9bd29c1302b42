// A rich text field says its name to screen readers: the admin's editor leaves it without one.
const UNNAMED = ".public-DraftEditor-content[contenteditable]:not([aria-labelledby])";

function name(field) {
  const label = field.closest(".w-field__wrapper")?.querySelector(":scope > label");
  if (label && !label.id) label.id = `${label.htmlFor || crypto.randomUUID()}-name`;
  const known = label?.id || field.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby");
  if (known) field.setAttribute("aria-labelledby", known);
}

const nameAll = () => document.querySelectorAll(UNNAMED).forEach(name);
// Blocks come and go while somebody writes.
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
nameAll();
