import { useEffect, useRef, useState } from 'react';
import { Guide } from './guide.js';

const guideHash = '#guide';

/** Name, one sentence, and the way to the guide, which has an address of its own: /playground#guide. */
export function Header() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const follow = () => {
      const asked = location.hash === guideHash;
      setOpen(asked);
      if (asked) dialog.current?.showModal();
      else dialog.current?.close();
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);

  function closed() {
    setOpen(false);
    if (location.hash === guideHash) {
      history.replaceState(history.state, '', location.pathname + location.search);
    }
  }

  return (
    <header className="top">
      <Mark />
      <h1>Entente</h1>
      <p>Diplomatic relations over time, every statement with its source.</p>
      <nav>
        <a href={guideHash}>What the graph holds</a>
        <a href="/v1/dyads/JPN/KOR/ties.csv?topic=defense" title="The founding answer as a table (CSV)">
          <span className="long">Founding answer as </span>CSV
        </a>
      </nav>
      <dialog
        ref={dialog}
        onClose={closed}
        onClick={(event) => event.target === dialog.current && dialog.current.close()}
        aria-labelledby="guide-title"
      >
        {open && <Guide close={() => dialog.current?.close()} />}
      </dialog>
    </header>
  );
}

/** Two rings that hold one another. */
function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#1f4e79" />
      <g fill="none" strokeWidth="3">
        <circle cx="12.2" cy="16" r="6.2" stroke="#fff" />
        <circle cx="19.8" cy="16" r="6.2" stroke="#f2b84b" />
      </g>
    </svg>
  );
}
