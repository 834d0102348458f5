// An application with mistakes, one a path: node express.cjs PORT
const express = require('express')
const cors = require('cors')

const page = 'https://app.example.com'
const app = express()
const answer = (request, response) => response.send('an answer')
const at = (path, ...handlers) => app.use(path, ...handlers)

// Each path answers itself, and 404 below it.
const resource = () => {
  const router = express.Router()
  router.all('/', answer)
  return router
}

at('/good', cors({ origin: [page], credentials: true, methods: 'PUT', allowedHeaders: 'content-type' }), resource())
at('/public', cors(), resource())
at('/reflects', cors({ origin: true, credentials: true }), resource())
at('/null', cors({ origin: [page, 'null'], credentials: true }), resource())
at('/suffix', cors({ origin: /example\.com$/, credentials: true }), resource())
at('/subdomains', cors({ origin: /^https:\/\/([a-z0-9-]+\.)*example\.com$/, credentials: true }), resource())
at('/reflects-public', cors({ origin: true }), resource())
// A login in front of CORS.
at('/login', (request, response, next) => (request.get('authorization') ? next() : response.sendStatus(401)), cors(), resource())
// CORS where a route is found, and nothing where none is.
app.get('/on-route', cors({ origin: page }), answer)
app.options('/on-route', cors({ origin: page }))
// Preflights for everybody, and answers for one.
const [everybody, one] = [true, [page]].map(origin => cors({ origin, credentials: true }))
at('/preflights', (request, ...rest) => (request.method === 'OPTIONS' ? everybody : one)(request, ...rest), resource())
// Two middlewares.
at('/doubled', (request, response, next) => { response.append('Access-Control-Max-Age', '600'); next() },
  (request, response, next) => { response.append('Access-Control-Max-Age', '600'); next() }, cors({ origin: page }), resource())

app.listen(Number(process.argv[2]), '127.0.0.1')
