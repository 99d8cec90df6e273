// Sets the theme chosen earlier before the page is painted. Loaded without `defer`, so it must stay this small.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch { /* storage is refused: the system's own preference holds */ }
document.documentElement.classList.add("scripts");
