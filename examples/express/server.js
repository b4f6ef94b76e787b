import express from 'express';

const app = express();
const port = process.env.PORT ?? 8080;

app.use(express.json());

app.get('/', (request, response) => {
  response.send(`Hello from Express, ${request.ip}\n`);
});

app.get('/users/:id', (request, response) => {
  response.json({ id: request.params.id, query: request.query });
});

app.post('/users', (request, response) => {
  response
    .status(201)
    .location('/users/42')
    .json({ id: '42', ...request.body });
});

app.get('/healthz', (request, response) => {
  response.sendStatus(204);
});

const server = app.listen(port, (error) => {
  if (error) throw error;
  console.log(`listening on port ${port}`);
});

// Lambda sends SIGTERM before it takes the environment away.
process.on('SIGTERM', () => server.close(() => process.exit(0)));
