// Makes the area box a combobox with a list (ARIA 1.2). Without it, or without network, the form
// understands by itself what is in the box.
const make = (tag, attributes = {}) => set(document.createElement(tag), attributes);
const set = (node, attributes) => {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
};

class ChooseArea extends HTMLElement {
  connectedCallback() {
    const box = this.box = this.querySelector("input[type=text]");
    if (this.list || !this.dataset.url) return;
    const id = `${box.id || box.name}-list`;
    this.list = make("ul", { id, class: "area-chooser__list", role: "listbox", "aria-label": this.dataset.places });
    this.status = make("div", { class: "area-chooser__status", role: "status" });
    set(box, { role: "combobox", "aria-autocomplete": "list", "aria-controls": id });
    box.after(this.list, this.status);
    this.close();
    box.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), 200);
    });
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("blur", () => this.close());
    // A press would blur the box, and the list be gone before the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("li")));
  }

  async search() {
    this.close();
    if (this.box.value.trim().length < 2) return;
    const query = new URLSearchParams({ q: this.box.value, lang: this.dataset.language });
    const { signal } = (this.asking = new AbortController());
    try {
      const answer = await fetch(`${this.dataset.url}?${query}`, { signal, credentials: "omit" });
      if (answer.ok) this.show(await answer.json());
    } catch {
      // Aborted by newer letters, or no network: the box stays what it is without us.
    }
  }

  show({ results, more }) {
    this.list.replaceChildren(...results.map((area, index) => {
      const option = make("li", { id: `${this.list.id}-${index}`, role: "option", "aria-selected": false });
      const text = make("span"), name = make("b");
      name.textContent = area.name;
      text.append(name, area.label.slice(area.name.length));
      option.append(text);
      option.area = area;
      return option;
    }));
    const words = this.dataset;
    const found = more ? words.more : [words.none, words.one][results.length] ?? words.many;
    this.status.textContent = found.replace("{count}", results.length);
    this.open(results.length > 0);
  }

  open(is) {
    this.list.hidden = !is;
    this.box.setAttribute("aria-expanded", is);
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.mark();
    this.open(false);
    this.status.textContent = "";
  }

  mark(option) {
    this.active?.setAttribute("aria-selected", false);
    this.active = option;
    if (!option) return this.box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", true);
    option.scrollIntoView({ block: "nearest" });
    this.box.setAttribute("aria-activedescendant", option.id);
  }

  key(event) {
    const { key } = event, { active } = this, options = [...this.list.children], last = options.at(-1);
    if (this.list.hidden) {
      if (key === "ArrowDown") this.search();
      return;
    }
    const next = {
      ArrowDown: active?.nextSibling ?? options[0],
      ArrowUp: active?.previousSibling ?? last,
      // Until a line is active, Home and End move in the text as everywhere.
      Home: active && options[0],
      End: active && last,
    }[key];
    if (next) this.mark(next);
    else if (key === "Enter" && active) this.choose(active);
    else if (key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  choose(option) {
    if (!option) return;
    const { name } = this.box, { id, label } = option.area;
    this.querySelectorAll(`fieldset, [name="${name}_pick"]`).forEach((old) => old.remove());
    this.append(set(make("input"), { type: "hidden", name: `${name}_pick`, value: id }));
    this.box.value = this.querySelector(`[name="${name}_for"]`).value = label;
    this.close();
    this.box.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("choose-area", ChooseArea);
