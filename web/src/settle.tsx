import { pick, useGraphiQL, useGraphiQLActions, useMonaco } from '@graphiql/react';
import { useEffect } from 'react';

/** Fits GraphiQL to the page; shows nothing itself. */
export function Settle() {
  useEditorOptions();
  useSystemTheme();
  useTabInSight();
  return null;
}

/** The editors' text in the system's own monospace, wrapped, at a size that leaves an answer readable beside it. */
function useEditorOptions() {
  const monaco = useMonaco((state) => state.monaco);
  useEffect(() => {
    if (!monaco) return;
    const options = {
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      fontSize: 13,
      lineHeight: 20,
      wordWrap: 'on' as const,
      wrappingIndent: 'indent' as const,
      lineDecorationsWidth: 12,
      // Names are in many scripts, and titles have dashes: nothing to warn about.
      unicodeHighlight: { ambiguousCharacters: false },
    };
    monaco.editor.getEditors().forEach((editor) => editor.updateOptions(options));
    const listening = monaco.editor.onDidCreateEditor((editor) => editor.updateOptions(options));
    return () => listening.dispose();
  }, [monaco]);
}

/** GraphiQL's colours follow the system at once, its editors only when told. */
function useSystemTheme() {
  const { setTheme } = useGraphiQLActions();
  const { theme } = useGraphiQL(pick('theme'));
  useEffect(() => {
    if (theme) return; // chosen in the settings
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setTheme(null);
    dark.addEventListener('change', follow);
    return () => dark.removeEventListener('change', follow);
  }, [theme, setTheme]);
}

/** The tab that is open is in sight where not all of them are. */
function useTabInSight() {
  const { activeTabIndex, visiblePlugin } = useGraphiQL(pick('activeTabIndex', 'visiblePlugin'));
  useEffect(() => {
    // After GraphiQL's own layout, which is what takes the room.
    const later = requestAnimationFrame(() =>
      document
        .querySelector('.graphiql-tabs [role="tab"][aria-selected="true"]')
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    );
    return () => cancelAnimationFrame(later);
  }, [activeTabIndex, visiblePlugin]);
}
