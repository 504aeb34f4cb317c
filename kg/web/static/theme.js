// Before anything is painted: the theme that was chosen on an earlier visit.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be refused; then the system's theme holds.
}
