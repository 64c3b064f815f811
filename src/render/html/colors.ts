/**
 * The page's colours, by light and dark. Text and names keep a contrast of 4.5 to what is behind them (WCAG 1.4.3),
 * also where it is tinted because it is being said.
 */
export const themes = {
  light: {
    paper: "#fcfbf8",
    panel: "#f3f1eb",
    ink: "#22252a",
    quiet: "#5a6068",
    line: "#dfdbd0",
    accent: "#0b5c9e",
    now: "#f6eed4",
    word: "#ffd65c",
    found: "#ffe795",
    current: "#ff9f40",
    alarm: "#fbe3df",
  },
  dark: {
    paper: "#17191d",
    panel: "#202328",
    ink: "#e3e1dc",
    quiet: "#a4a8af",
    line: "#363a41",
    accent: "#84bff5",
    now: "#2b2a23",
    word: "#6e5200",
    found: "#5c4a00",
    current: "#8a4200",
    alarm: "#4a2320",
  },
} as const;

/**
 * A colour a speaker, and from the ninth on again: the hues of Okabe and Ito, which are told apart by most of those
 * who do not see all colours (https://jfly.uni-koeln.de/color/), made darker and lighter until they can be read.
 */
export const speakerColors = {
  light: ["#005f9e", "#a83c00", "#006b4b", "#9a3672", "#735500", "#0b6a80", "#4a49ad", "#5a5a5a"],
  dark: ["#6cb6f5", "#ff9d66", "#4ecb9d", "#f09ccd", "#e2c14b", "#69cbdd", "#b1b2ff", "#bdbdbd"],
} as const;

/** The class of a speaker's colour, by their place among the speakers; of nobody known, too (-1). */
export function colorClass(place: number): string {
  return place < 0 ? "nobody" : `s${place % speakerColors.light.length}`;
}

/** The colours of a theme as CSS declarations. */
export function colorDeclarations(theme: keyof typeof themes): string {
  const named = Object.entries(themes[theme]).map(([name, color]) => `--${name}:${color}`);
  const speakers = speakerColors[theme].map((color, place) => `--s${place}:${color}`);
  return `color-scheme:${theme};${[...named, ...speakers].join(";")}`;
}
