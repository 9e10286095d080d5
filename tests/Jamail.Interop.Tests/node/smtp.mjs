// A mail server by npm's smtp-server. Settings as JSON in the first argument:
// {secure, cert, key, users: {name: password}, methods, hide: [capabilities not to offer]}
import { SMTPServer } from 'smtp-server';

const settings = JSON.parse(process.argv[2]);
const say = (message) => process.stdout.write(JSON.stringify(message) + '\n');

const server = new SMTPServer({
  secure: settings.secure,
  cert: settings.cert,
  key: settings.key,
  authMethods: settings.methods,
  authOptional: !settings.users,
  hidePIPELINING: (settings.hide ?? []).includes('PIPELINING'),
  hide8BITMIME: (settings.hide ?? []).includes('8BITMIME'),
  size: 1024 * 1024,
  onAuth(auth, session, done) {
    const secret = auth.method === 'XOAUTH2' ? auth.accessToken : auth.password;
    done(settings.users[auth.username] === secret ? null : new Error('Bad user name or password'), { user: auth.username });
  },
  onRcptTo(address, session, done) {
    done(address.address.startsWith('nobody@') ? Object.assign(new Error('5.1.1 No such user'), { responseCode: 550 }) : null);
  },
  onData(stream, session, done) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      say({
        type: 'message',
        from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map((recipient) => recipient.address),
        content: Buffer.concat(parts).toString('base64'),
        secure: session.secure,
        user: session.user ?? null,
        connection: session.id,
      });
      done();
    });
  },
});

server.on('error', (error) => say({ type: 'warning', message: error.message }));
server.listen(0, '127.0.0.1', () => say({ type: 'listening', port: server.server.address().port }));
