/** How the search and the player look, and what they mark. */
export const toolStyle = `
.tools{position:sticky;z-index:2;top:0;display:flex;gap:.75rem;justify-content:center;padding:.5rem 1.5rem;background:var(--paper);border-bottom:1px solid var(--line)}
.tools form{display:flex;flex:1;min-width:0;gap:.375rem;align-items:center;max-width:42rem}
.tools input{flex:1;min-width:0;padding:.375rem .75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--panel)}
.tools input::placeholder{color:var(--quiet);opacity:1}
.tools button{flex:none;padding:.375rem .75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--panel);cursor:pointer}
.tools button:hover,.choose input::file-selector-button:hover{border-color:var(--accent)}
#count{min-width:5.5rem;font-size:.875rem;text-align:end;color:var(--quiet);font-variant-numeric:tabular-nums}
#count:empty,#count:empty~button{display:none}
::highlight(found){background-color:var(--found)}
::highlight(current){background-color:var(--current)}
.part.hit{outline:2px solid var(--current);outline-offset:-2px}

.player{position:fixed;z-index:2;inset:auto 0 0;display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;align-items:center;justify-content:center;padding:.75rem 1.5rem;background:var(--panel);border-top:1px solid var(--line)}
.choose{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:center;min-width:0;font-size:.875rem}
.choose input{max-width:17rem;font-size:.875rem}
.choose input::file-selector-button{margin-inline-end:.75rem;padding:.375rem .75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--paper);color:var(--ink);font:inherit;cursor:pointer}
.heard .choose span{display:none}
.player audio{flex:1 1 18rem;max-width:34rem;height:2.5rem}
.follow{font-size:.875rem}
#told{flex-basis:100%;margin:0;text-align:center;font-size:.875rem}
#told:empty{display:none}
.dropping body{outline:3px dashed var(--accent);outline-offset:-6px}

@media (max-width:38rem){
:root{--side:0rem;--label:0rem}
main{padding:1.5rem 1rem 10rem}
h1{font-size:1.5rem}
.tools{padding:.5rem 1rem}
#count{min-width:0;white-space:nowrap}
.row,.part{grid-template-columns:minmax(0,1fr)}
.row .name{padding-bottom:.125rem}
.scale span:nth-child(even){display:none}
.side{display:flex;gap:.75rem;padding:.125rem 0 0}
.part{padding:.1875rem .5rem;margin-inline:-.5rem}
.said{padding:0}
.tools,.tools form{gap:.25rem}
.tools button{padding-inline:.625rem}
.player{padding:.625rem 1rem}
.choose{flex:1}
.player audio{order:1;flex-basis:100%}
#told{order:2}
}
`;
