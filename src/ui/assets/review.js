"use strict";
// Keys for labelling; the page works without them.

const form = document.querySelector("form.labels");
if (form) {
  const rows = [...form.querySelectorAll("fieldset")];
  const button = (action) => form.querySelector(`button[value="${action}"]`);
  form.querySelector(".keys").hidden = false;

  // What is written or chosen beside "应为" is meant.
  for (const row of rows) {
    const other = row.querySelector('input[value="other"]');
    for (const field of row.querySelectorAll('input[type="text"], select')) {
      field.addEventListener("input", () => { other.checked = true; });
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = event.target instanceof Element ? event.target : document.body;
    if (at.matches('input[type="text"], select')) {
      if (event.key === "Escape") at.blur();
      return;
    }
    const row = rows[Number(event.key) - 1];
    if (row) {
      const field = row.querySelector('input[type="text"], select') ?? row.querySelector("input");
      field.focus();
    } else if (event.key === "Enter" && !at.matches("a, button")) {
      button("save").click();
    } else if (event.key.toLowerCase() === "s") {
      button("skip").click();
    } else if (event.key.toLowerCase() === "p") {
      form.querySelector('a[rel="prev"]')?.click();
    } else {
      return;
    }
    event.preventDefault();
  });
}
