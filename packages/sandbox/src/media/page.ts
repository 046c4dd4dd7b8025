import type { Script } from '../script/script.ts';

/** A page that shows a script; everything a caller wrote is escaped. */
export function scriptPage(script: Script): string {
  const rows = script.scenes.map((scene, index) => {
    const text = scene.captions.map((caption) => escapeHtml(caption.text)).join('<br>');
    return `<tr><td>${index + 1}</td><td>${scene.durationSeconds} s</td><td>${text}</td></tr>`;
  });
  return page(
    script.name,
    `<p>${script.durationSeconds} s, ${script.widthPixels} × ${script.heightPixels}</p>
<table><tr><th>Scene</th><th>Length</th><th>Text</th></tr>${rows.join('\n')}</table>`,
  );
}

/** A whole HTML page; `body` is markup, `title` is text. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>SANDBOX: ${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
td,th{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0}
.banner{background:#fff3c4;color:#3d2c00;padding:.5rem 1rem}</style></head>
<body><p class="banner">SANDBOX / SIMULATOR: nothing here is the real service.</p>
<h1>${escapeHtml(title)}</h1>
${body}
</body></html>
`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
