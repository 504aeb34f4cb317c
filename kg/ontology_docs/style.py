"""The page's style: readable in light and dark, on paper and on a narrow screen."""

STYLE = """
:root { color-scheme: light dark; --ink: #1c2330; --paper: #fff; --faint: #5b6472;
  --line: #d5dae1; --link: #0b57a4; --entity: #e8f1fb; --relationship: #fdf0dc;
  --evidence: #e9f6ec; --part: #f4eafa; --code: #f3f4f6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --paper: #14181f;
  --faint: #9aa4b2; --line: #323a46; --link: #7ab8f5; --entity: #1b3350;
  --relationship: #4a3513; --evidence: #1c3a25; --part: #3a2748; --code: #1f252e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.2rem 5rem; }
h1 { font-size: 2rem; margin: 0 0 .5rem; }
h2 { margin-top: 3rem; border-bottom: 2px solid var(--line); padding-bottom: .3rem; }
h3 { margin: 0 0 .3rem; font-size: 1.1rem; }
.lead { font-size: 1.15rem; }
.small { font-size: .85rem; font-weight: 400; color: var(--faint); }
a { color: var(--link); }
code, pre { font: .88em/1.5 ui-monospace, monospace; background: var(--code);
  border-radius: 4px; overflow-wrap: anywhere; }
code { padding: .1em .3em; }
pre { padding: .8rem; overflow-x: auto; }
article { padding: 1rem 0; scroll-margin-top: 1rem; }
article + article { border-top: 1px solid var(--line); }
dl { display: grid; grid-template-columns: 6.5rem 1fr; gap: .15rem .8rem; margin: .5rem 0; }
dt { color: var(--faint); }
dd { margin: 0; min-width: 0; }
dd ul { margin: 0; padding-left: 1.1rem; }
nav { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1.5rem 0; }
nav ul { columns: 3 12rem; padding-left: 1.1rem; margin: .3rem 0; }
nav p { margin: 0; display: flex; gap: 2rem; }
.tree, .tree ul { padding-left: 1.2rem; }
.tree { columns: 2 18rem; }
figure { margin: 1.5rem 0; overflow-x: auto; }
figcaption { color: var(--faint); font-size: .9rem; }
svg { width: 100%; min-width: 46rem; height: auto; font: 14px system-ui, sans-serif; }
svg text { fill: var(--ink); }
svg .small { font-size: 12px; fill: var(--faint); paint-order: stroke;
  stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
svg line { stroke: var(--faint); }
svg .tip { fill: var(--faint); }
svg rect { stroke: var(--faint); }
.entity rect { fill: var(--entity); } .relationship rect { fill: var(--relationship); }
.evidence rect { fill: var(--evidence); } .part rect { fill: var(--part); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem;
  border-bottom: 1px solid var(--line); }
td:first-child code { white-space: nowrap; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .4rem; }
  td:first-child code { white-space: normal; } }
@media print { nav { display: none; } details { display: block; } }
"""
