// What every start is held against: Express with the one route that says it is ready.
import express from 'express'

express()
  .get('/ready', (_request, response) => void response.json({ status: 'ok' }))
  .listen(Number(process.argv[2]), '127.0.0.1')

process.once('SIGTERM', () => process.exit(0))
