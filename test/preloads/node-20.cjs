// A Node that says it is an old one.
Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.5' } });
