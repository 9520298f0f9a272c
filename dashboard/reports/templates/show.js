"use strict";
const root = document.documentElement;
root.classList.add("has-scripts");
const slides = [...document.querySelectorAll(".slide")];
const overlay = document.querySelector(".overlay");
const timer = document.querySelector(".timer");
let place = 0;
let begun = null;

const go = (to) => {
  place = Math.max(0, Math.min(slides.length - 1, to));
  slides.forEach((slide, number) => slide.classList.toggle("is-on", number === place));
  history.replaceState(null, "", `#${place + 1}`);
  begun ??= Date.now();
  slides[place].focus({ preventScroll: true });
  scrollTo(0, 0);
};
const toggleDark = () => {
  const isDark = getComputedStyle(root).getPropertyValue("--page").trim() !== "#ffffff";
  root.classList.toggle("is-dark", !isDark);
  root.classList.toggle("is-light", isDark);
};
const tell = () => {
  const seconds = Math.floor((Date.now() - begun) / 1000);
  timer.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};
const actions = {
  next: () => go(place + 1),
  previous: () => go(place - 1),
  first: () => go(0),
  last: () => go(slides.length - 1),
  full: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
  notes: () => root.classList.toggle("has-notes"),
  timer: () => { timer.hidden = !timer.hidden; tell(); },
  dark: toggleDark,
  code: () => { if (overlay) overlay.hidden = !overlay.hidden; },
  close: () => { if (overlay) overlay.hidden = true; },
};
const keys = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
  ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous", Backspace: "previous",
  Home: "first", End: "last", Escape: "close",
  // By place on the keyboard, so that they answer on a Ukrainian layout too.
  KeyF: "full", KeyN: "notes", KeyT: "timer", KeyD: "dark", KeyQ: "code",
};

addEventListener("keydown", (event) => {
  const action = keys[event.key] ?? keys[event.code];
  const isOnControl = event.target.closest("button, summary, a") && ["Enter", " "].includes(event.key);
  if (!action || isOnControl || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  actions[action]();
});
for (const button of document.querySelectorAll("[data-do]")) {
  button.addEventListener("click", () => actions[button.dataset.do]());
}
let touch = null;
addEventListener("touchstart", (event) => { touch = event.changedTouches[0]; }, { passive: true });
addEventListener("touchend", (event) => {
  const across = event.changedTouches[0].clientX - touch.clientX;
  const along = event.changedTouches[0].clientY - touch.clientY;
  if (Math.abs(across) > 50 && Math.abs(across) > 2 * Math.abs(along)) go(place + (across < 0 ? 1 : -1));
}, { passive: true });
addEventListener("hashchange", () => go(Number.parseInt(location.hash.slice(1), 10) - 1 || 0));
setInterval(tell, 1000);
go(Number.parseInt(location.hash.slice(1), 10) - 1 || 0);
