import { colorDeclarations, speakerColors } from "./colors.ts";
import { printStyle } from "./style-print.ts";
import { toolStyle } from "./style-tools.ts";

const speakerClasses = speakerColors.light.map((_, place) => `.s${place}{--who:var(--s${place})}`).join("");

/** The page's style. It is the same for every transcript, so that its hash can stand in the page's policy. */
export const style = `
:root{${colorDeclarations("light")};--side:5.75rem;--label:9rem;--text:Charter,"Iowan Old Style","Source Serif 4","Noto Serif",Georgia,serif}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${colorDeclarations("dark")}}}
:root[data-theme=dark]{${colorDeclarations("dark")}}
.nobody,.sounds{--who:var(--quiet)}${speakerClasses}

*{box-sizing:border-box}
html{font:100%/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif;-webkit-text-size-adjust:100%;scroll-padding:5rem 0 7rem}
body{margin:0;overflow-wrap:anywhere;background:var(--paper);color:var(--ink)}
main{max-width:50rem;margin:0 auto;padding:2.5rem 1.5rem 9rem}
h1{margin:0 0 1.25rem;font:600 2rem/1.2 var(--text)}
h2{margin:2.75rem 0 .75rem;font-size:.8125rem;font-weight:600;letter-spacing:.07em;text-transform:uppercase;color:var(--quiet)}
button,input{font:inherit;color:inherit;overflow-wrap:normal}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:.2rem}
[hidden]{display:none!important}

.facts{display:flex;flex-wrap:wrap;gap:.75rem 2.25rem;margin:0 0 1.5rem}
.facts div{min-width:0}
.facts dt{font-size:.8125rem;color:var(--quiet)}
.facts dd{margin:0;font-variant-numeric:tabular-nums}
.banner{margin:0 0 1rem;padding:.75rem 1rem;border-radius:.5rem;background:var(--alarm)}
.warnings{margin:0 0 1rem;color:var(--quiet)}
.warnings summary{cursor:pointer}
.warnings ul{margin:.5rem 0;padding-inline-start:1.25rem}
.summary{margin:0;max-width:38rem;font:1.125rem/1.65 var(--text);white-space:pre-line}

.timeline{position:relative;margin:2.75rem 0 0}
.timeline figcaption{margin-bottom:.75rem;font-size:.8125rem;font-weight:600;letter-spacing:.07em;text-transform:uppercase;color:var(--quiet)}
.row{display:grid;grid-template-columns:var(--label) 1fr;align-items:center;margin-bottom:.375rem}
.row .name{padding-inline-end:.75rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-size:.875rem}
.track{display:block;width:100%;height:1.25rem;border-radius:.25rem;background:var(--panel)}
.track path{fill:var(--who)}
.scripted .track{cursor:pointer}
.scale{display:flex;justify-content:space-between;margin-inline-start:var(--label);font-size:.75rem;color:var(--quiet);font-variant-numeric:tabular-nums}
.over{position:absolute;inset:2rem 0 1.25rem var(--label);pointer-events:none}
#playhead{position:absolute;inset-block:0;width:2px;margin-left:-1px;background:var(--ink)}

.name{color:var(--who)}
.turn{margin:0 0 1.75rem}
h3.name{margin:0 0 .125rem var(--side);font-size:.9375rem;font-weight:650}
h3.name::before{content:"";display:inline-block;width:.625rem;height:.625rem;margin-inline-end:.5rem;border-radius:50%;background:var(--who)}
.part{display:grid;grid-template-columns:var(--side) minmax(0,1fr);margin-inline-start:-.75rem;padding:.1875rem 0 .1875rem .75rem;border-radius:.375rem;content-visibility:auto;contain-intrinsic-size:auto 4rem}
.side{padding:.3125rem 1rem 0 0;font-size:.8125rem}
.at{padding:0;border:0;background:none;font-variant-numeric:tabular-nums;color:var(--quiet)}
.scripted .at{cursor:pointer}
.scripted .at:hover{color:var(--accent);text-decoration:underline}
.emotion{display:block;font-style:italic;color:var(--quiet)}
.said{padding-inline-end:.75rem}
.text,.translation,.label{margin:0;max-width:38rem;white-space:pre-wrap}
.text{font:1.125rem/1.65 var(--text)}
.translation{margin-top:.125rem;padding-inline-start:.75rem;border-inline-start:2px solid var(--line);color:var(--quiet)}
.event .label,.nothing{padding:.25rem 0;font-style:italic;color:var(--quiet)}
.event .label::before{content:"["}.event .label::after{content:"]"}
.heard .text{cursor:pointer}
.part.now{background:var(--now)}
.text span.now{border-radius:.2rem;background:var(--word);box-shadow:0 0 0 .1rem var(--word)}
${toolStyle}${printStyle}`;
