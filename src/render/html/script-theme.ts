/** Light or dark: as the system has it, until the reader says otherwise. */
export const themeScript = `
// ---- light and dark
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ?? (prefersDark.matches ? "dark" : "light")) === "dark";
const themeButton = byId("theme");

function nameTheme() {
  themeButton.textContent = isDark() ? "Light" : "Dark";
  themeButton.title = isDark() ? "Show it light" : "Show it dark";
}

themeButton.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  nameTheme();
});
prefersDark.addEventListener("change", nameTheme);
nameTheme();
first(".tools").hidden = false;
`;
