export const fontFamily = "Inter, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

export const light = {
  page: "#f9fafb",
  card: "#ffffff",
  line: "#e0e3e7",
  text: "#181f27",
  quiet: "#4c535d",
  ink: "#1c2634",
  onInk: "#fcfcfc",
  accent: "#1a68cb",
};

export const dark: typeof light = {
  page: "#0d1116",
  card: "#15191f",
  line: "#262c33",
  text: "#eceff2",
  quiet: "#afb5bc",
  ink: "#e4e8ed",
  onInk: "#10161f",
  accent: "#6ea6f5",
};

/** CSS for dark mode and narrow screens. */
export const responsiveCss = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
.sheet { background-color: ${light.page}; }
@media (prefers-color-scheme: dark) {
  .sheet { background-color: ${dark.page} !important; }
  .page { background-color: ${dark.page} !important; }
  .card { background-color: ${dark.card} !important; border-color: ${dark.line} !important; }
  .text { color: ${dark.text} !important; }
  .quiet { color: ${dark.quiet} !important; }
  .rule { border-color: ${dark.line} !important; }
  .link { color: ${dark.accent} !important; }
  .button { background-color: ${dark.ink} !important; color: ${dark.onInk} !important; }
}
@media (max-width: 480px) {
  .page { padding: 0 !important; }
  .card { padding: 24px 20px !important; border-radius: 0 !important; }
}`;
