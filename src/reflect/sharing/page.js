"use strict";
(() => {
  const place = (name) => document.getElementById(name);
  const answer = place("answer");
  const told = answer.dataset;
  const boxes = [...document.querySelectorAll(".write")];
  const words = (text) => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) || [];
  const praise = new Set(words(told.praise));
  const around = new Set([...praise, ...words(told.around)]);
  let taken = true;

  // A line that looks like one of the form's own is moved two blanks to the right.
  const plain = (text) => text.split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.replace(/^([\s\p{C}\p{DI}>|]*)@/u, "$1  @"))
    .join("\n");

  const chosen = (box) => box.querySelector("input:checked");
  const typed = (box) => box.querySelector("textarea").value.trim();
  const said = (box) => typed(box) || chosen(box)?.dataset.words || "";
  const kind = (box) => chosen(box)?.value || box.dataset.kind;
  const note = (box) => `@ ${box.dataset.about} ${kind(box)}\n${plain(said(box))}\n\n`;

  const composed = (notes) => `${told.first}\nshare: ${told.share}\nmentorship: ${told.mentorship}\n`
    + `from: ${told.from}\n\n${notes.map(note).join("")}@ end\n`;

  const counted = (number) => {
    const form = place("count").dataset;
    if (number === 0) return form.none;
    return number === 1 ? form.one : form.many.replace("{number}", number);
  };

  const say = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };

  const gather = () => {
    const notes = boxes.filter(said);
    boxes.forEach((box) => box.classList.toggle("filled", notes.includes(box)));
    place("text").value = notes.length ? composed(notes) : "";
    place("written").hidden = place("onward").hidden = !notes.length;
    say(place("count"), counted(notes.length));
    say(place("taken"), "");
    taken = !notes.length;
  };

  const onlyPraises = (text) => {
    const all = words(text);
    return all.length < 13 && all.some((one) => praise.has(one)) && all.every((one) => around.has(one));
  };

  // Asked once beside each box; it goes when more is written and does not come back.
  const wonder = (box) => {
    const hint = box.querySelector(".exactly");
    if (!hint || !["note", "thanks"].includes(kind(box))) return;
    if (!onlyPraises(typed(box))) say(hint, "");
    else if (!box.dataset.asked) {
      box.dataset.asked = "yes";
      say(hint, told.exactly);
    }
  };

  const byHand = () => {
    place("text").focus();
    place("text").select();
    return document.execCommand("copy");
  };

  const copy = async () => {
    let done = false;
    try {
      await navigator.clipboard.writeText(place("text").value);
      done = true;
    } catch {
      done = byHand();
    }
    taken = taken || done;
    say(place("taken"), done ? place("copy").dataset.done : place("taken").dataset.marked);
  };

  const save = () => {
    const file = URL.createObjectURL(new Blob([place("text").value], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = file;
    link.download = "reflect-reply.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(file), 60000);
    taken = true;
    say(place("taken"), place("save").dataset.done);
  };

  boxes.forEach((box) => {
    box.addEventListener("input", gather);
    box.addEventListener("change", () => { gather(); wonder(box); });
  });
  place("copy").addEventListener("click", copy);
  place("save").addEventListener("click", save);
  addEventListener("beforeunload", (event) => {
    if (!taken) event.preventDefault();
  });
  document.documentElement.classList.add("live");
})();
