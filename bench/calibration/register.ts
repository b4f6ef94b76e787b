/** Registers as an extension and asks for its events, of which it wants none: the platform ends it without notice. */
export async function register(runtimeApi: string): Promise<void> {
  const api = `http://${runtimeApi}/2020-01-01/extension`;
  const registration = await fetch(`${api}/register`, {
    method: 'POST',
    headers: { 'Lambda-Extension-Name': 'lambda-adapter' },
    body: JSON.stringify({ events: [] }),
  });
  const identifier = registration.headers.get('Lambda-Extension-Identifier') ?? '';
  fetch(`${api}/event/next`, { headers: { 'Lambda-Extension-Identifier': identifier } }).catch(() => {});
}
