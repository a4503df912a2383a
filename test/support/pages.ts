/** A news page: menus, a headline, these paragraphs, related links and a foot. */
export function newsPage(title: string, paragraphs: string[], { head = '' } = {}): string {
  const menu = ['World', 'Politics', 'Sport', 'Weather'].map(
    (name) => `<li><a href="/${name}">${name}</a></li>`,
  );
  return `<!doctype html><html lang="en"><head><title>${title} - Northern Wire</title>${head}</head><body>
    <nav><ul>${menu.join('')}</ul></nav>
    <main><article><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</article></main>
    <aside><h2>Most read</h2><ul>${menu.join('')}</ul></aside>
    <footer><p>Northern Wire. All rights reserved.</p></footer></body></html>`;
}

/** Paragraphs of a bridge's story, each with its number: some 150 characters. */
export function bridgeParagraphs(count: number): string[] {
  return Array.from(
    { length: count },
    (_, at) =>
      `The bridge over the northern river was open again on day ${at + 1}, the city said, after repairs that took the crews far longer than anyone had planned.`,
  );
}
