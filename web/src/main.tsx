import './workers.js';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './style.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Playground } from './playground.js';

const root = document.getElementById('root');
if (!root) throw new Error('playground.html has no element with id "root"');
createRoot(root).render(
  <StrictMode>
    <Playground />
  </StrictMode>,
);
