"use strict";
// Three comforts; every page works without them.

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.getElementById("q");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  if (!source) continue;
  const status = button.parentElement.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    let copied = false;
    try {
      await navigator.clipboard.writeText(source.value);
      copied = true;
    } catch {
      source.select();
      copied = document.execCommand("copy");
    }
    status.textContent = copied ? "已复制" : "请按复制快捷键";
  });
}

// Completions of the word before the end of the search box: a combobox as of the ARIA authoring practices.
const box = document.getElementById("q");
const list = document.getElementById("suggestions");
if (box && list) {
  const KINDS = { topic: "主题", byline: "作者", union_body: "工会组织", region: "地区", title: "标题", sounds_like: "同音" };
  const WAIT = 120;
  let timer = 0;
  let asked = 0;
  let current = -1;

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  // What stands before the word that is being typed, and the word: quotes, fields and minus signs stay.
  const parts = () => {
    const found = /^(.*?)([^\s|()（）"“”「」:：|｜-]*)$/su.exec(box.value);
    return found ? [found[1], found[2]] : [box.value, ""];
  };
  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    current = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const take = (text) => {
    const before = parts()[0];
    const spaced = /\s/u.test(text) && !/["“「]$/u.test(before) ? `"${text}"` : text;
    box.value = before + spaced;
    close();
    box.focus();
  };
  const show = (suggestions) => {
    close();
    suggestions.forEach((one, at) => {
      const row = document.createElement("li");
      row.id = `suggestion-${at}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      const text = document.createElement("span");
      text.textContent = one.text;
      const note = document.createElement("span");
      note.className = "n";
      const kind = KINDS[one.kind] ?? "";
      note.textContent = one.kind === "title" ? kind : `${kind} ${one.articles} 篇`.trim();
      row.append(text, note);
      // Before the box loses the focus.
      row.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(one.text);
      });
      row.dataset.text = one.text;
      list.append(row);
    });
    list.hidden = suggestions.length === 0;
    box.setAttribute("aria-expanded", String(suggestions.length > 0));
  };
  const ask = async () => {
    const start = parts()[1].trim();
    const number = ++asked;
    if (start.length === 0 || start.length > 40) return close();
    try {
      const answer = await fetch(`/api/v1/suggest?limit=8&q=${encodeURIComponent(start)}`);
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (number === asked && document.activeElement === box) show(found);
    } catch {
      close();
    }
  };
  const move = (step) => {
    const rows = list.children;
    if (rows.length === 0) return;
    rows[current]?.setAttribute("aria-selected", "false");
    current = (current + step + rows.length + (current < 0 && step < 0 ? 1 : 0)) % rows.length;
    rows[current].setAttribute("aria-selected", "true");
    rows[current].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", rows[current].id);
  };

  box.addEventListener("input", (event) => {
    clearTimeout(timer);
    // Letters on their way to characters are no query yet.
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    // The Enter that confirms a candidate of an input method belongs to it; 229 is how older browsers say so.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && current >= 0) {
      event.preventDefault();
      take(list.children[current].dataset.text);
    }
  });
}
