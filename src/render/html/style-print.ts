import { colorDeclarations } from "./colors.ts";

/** On paper: black on white, without what is of no use there. */
export const printStyle = `
@media print{
@page{margin:2cm}
:root,:root:not([data-theme=light]),:root[data-theme=dark]{${colorDeclarations("light")};--paper:#fff;--panel:#eee;--ink:#000;--quiet:#000;--now:#fff;--word:#fff;--side:4.75rem}
.nobody,.sounds,[class*=" s"]{--who:#000}
html{font-size:10.5pt}
.tools,.player,.choose,audio,#playhead{display:none!important}
main{max-width:none;padding:0}
.text,.translation,.summary{max-width:none}
.part{content-visibility:visible;break-inside:avoid}
.turn{margin-bottom:1rem;break-inside:avoid}
h1,h2,h3{break-after:avoid}
p{orphans:3;widows:3}
.track{print-color-adjust:exact;-webkit-print-color-adjust:exact}
h3.name::before{display:none}
.part{margin:0;padding:.125rem 0}
.at{color:#000}
.banner{border:1px solid #000}
.warnings::details-content{content-visibility:visible;block-size:auto}
::highlight(found),::highlight(current){background-color:transparent}
}
`;
