// Counts the parts of a text while it is written, as campaigns/sms/segments.py and composing.py do.
const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENSION = new Set("\f^{}\\[~]|€");
const UNDECOMPOSED = { đ: "d", Đ: "D", ð: "d", ø: "o", Ø: "O", ł: "l", Ł: "L", ı: "i" };
const TYPOGRAPHY = { "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "\u00a0": " " };

export function measure(text) {
  text = text.normalize("NFC").replaceAll("\r\n", "\n").trim();
  const characters = [...text];
  const isGsm = characters.every((one) => BASIC.has(one) || EXTENSION.has(one));
  const sizes = characters.map((one) => (isGsm ? (EXTENSION.has(one) ? 2 : 1) : one.length));
  return { characters: characters.length, isGsm, parts: isGsm ? parts(sizes, 160, 153) : parts(sizes, 70, 67) };
}

function parts(sizes, alone, inPart) {
  if (sizes.reduce((sum, size) => sum + size, 0) <= alone) return 1;
  let number = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > inPart) {
      number += 1;
      used = 0;
    }
    used += size;
  }
  return number;
}

export function withoutAccents(text) {
  const plain = [...text.normalize("NFD")]
    .filter((one) => one < "\u0300" || one > "\u036f")
    .map((one) => UNDECOMPOSED[one] ?? TYPOGRAPHY[one] ?? one);
  return plain.join("").normalize("NFC");
}

function show(box) {
  const line = box.parentElement.querySelector("[data-sms-count]");
  if (!line) return;
  const found = measure(box.value);
  // Of an empty box our own words are sent, which nobody pays here.
  line.hidden = found.characters === 0;
  const say = (name, value) => {
    const place = line.querySelector(`[data-${name}]`);
    if (place) place.textContent = value;
  };
  say("parts", found.parts);
  say("characters", found.characters);
  const number = new Intl.NumberFormat(document.documentElement.lang || undefined, { maximumFractionDigits: 2 });
  say("cost", number.format(found.parts * Number(line.dataset.price)));
  say("plain", measure(withoutAccents(box.value)).parts);
  line.querySelector("[data-accented]").hidden = found.isGsm;
}

// Without this script there is nothing to press.
const offer = () => {
  for (const button of document.querySelectorAll("[data-sms-count] [data-unaccent]")) button.hidden = false;
};
offer();

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-unaccent]");
  const box = button?.closest("[data-sms-count]").parentElement.querySelector("textarea");
  if (!box) return;
  box.focus();
  box.select();
  // As if it were typed, so that Ctrl+Z brings the accents back.
  if (!document.execCommand("insertText", false, withoutAccents(box.value))) box.value = withoutAccents(box.value);
  box.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("input", (event) => {
  if (event.target.matches?.("textarea") && event.target.parentElement.querySelector("[data-sms-count]")) {
    show(event.target);
  }
});
