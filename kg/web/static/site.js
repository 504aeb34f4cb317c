// Comforts: a theme button, suggestions while typing, coloured queries, a link to copy.

const root = document.documentElement;

function dark() {
  const chosen = root.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

const button = document.querySelector("[data-theme-button]");
if (button) {
  const name = () => { button.textContent = dark() ? "Light" : "Dark"; };
  button.hidden = false;
  name();
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    name();
    document.dispatchEvent(new CustomEvent("theme"));
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* not kept */ }
  });
}

// Suggestions: a listbox as in the combobox pattern of WAI-ARIA.
for (const input of document.querySelectorAll("[data-suggest]")) {
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  input.parentElement.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);
  let asked = 0;
  let timer = 0;
  let at = -1;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    const options = [...list.children];
    at = (index + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    input.setAttribute("aria-activedescendant", options[at].id);
  };
  const show = (found) => {
    list.replaceChildren(...found.map((one, i) => {
      const option = document.createElement("li");
      option.id = `suggestion-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.page = one.page;
      const kind = document.createElement("span");
      kind.textContent = one.kind;
      option.append(one.name, " ", kind);
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        location.assign(one.page);
      });
      return option;
    }));
    at = -1;
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    const text = input.value.trim();
    if (text.length < 2) { close(); return; }
    timer = setTimeout(async () => {
      const mine = ++asked;
      try {
        const response = await fetch(`/suggest?q=${encodeURIComponent(text)}`);
        const found = response.ok ? await response.json() : [];
        if (mine === asked) show(found);
      } catch {
        close();
      }
    }, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { choose(at + 1); event.preventDefault(); }
    else if (event.key === "ArrowUp") { choose(at - 1); event.preventDefault(); }
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      location.assign(list.children[at].dataset.page);
    }
  });
  input.addEventListener("blur", close);
}

// A coloured copy of the query under the transparent text of the editor.
const TOKEN = /(?<comment>#[^\n]*)|(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<iri><[^<>"{}|^`\\\s]*>)|(?<variable>[?$]\w+)|(?<name>[A-Za-z][\w.-]*:[\w.-]*)|(?<keyword>\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE|WHERE|FROM|NAMED|PREFIX|BASE|DISTINCT|REDUCED|OPTIONAL|UNION|MINUS|GRAPH|FILTER|BIND|VALUES|AS|GROUP|BY|HAVING|ORDER|ASC|DESC|LIMIT|OFFSET|NOT|EXISTS|IN|a)\b)|(?<number>\b\d[\d.]*\b)/gi;
for (const area of document.querySelectorAll("[data-code]")) {
  const under = document.createElement("pre");
  under.setAttribute("aria-hidden", "true");
  under.className = "code under";
  area.parentElement.prepend(under);
  area.parentElement.classList.add("coloured");
  const paint = () => {
    const parts = [];
    let at = 0;
    for (const match of area.value.matchAll(TOKEN)) {
      parts.push(area.value.slice(at, match.index));
      const span = document.createElement("span");
      span.className = `q-${Object.entries(match.groups).find(([, text]) => text !== undefined)[0]}`;
      span.textContent = match[0];
      parts.push(span);
      at = match.index + match[0].length;
    }
    parts.push(`${area.value.slice(at)}\n`);
    under.replaceChildren(...parts);
    area.style.height = "auto";
    area.style.height = `${Math.max(area.scrollHeight, 160)}px`;
  };
  area.addEventListener("input", paint);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) area.form.requestSubmit();
  });
  paint();
}

for (const link of document.querySelectorAll("[data-share]")) {
  link.addEventListener("click", async (event) => {
    if (!navigator.clipboard) return;
    event.preventDefault();
    await navigator.clipboard.writeText(link.href);
    link.textContent = "Link copied";
  });
}

// A fact and its words light up together.
for (const fact of document.querySelectorAll("[data-fact]")) {
  const marks = document.querySelectorAll(`mark[data-facts~="${fact.dataset.fact}"]`);
  const light = (on) => { for (const one of [fact, ...marks]) one.classList.toggle("lit", on); };
  for (const one of [fact, ...marks]) {
    one.addEventListener("mouseenter", () => light(true));
    one.addEventListener("mouseleave", () => light(false));
  }
}
