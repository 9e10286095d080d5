// Answers one JSON line for each it reads: the reference libraries of Standard Webhooks, and what JSON is to JavaScript.
import { createInterface } from 'node:readline';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

const libraries = { standardwebhooks: StandardWebhook, svix: SvixWebhook };

const operations = {
  verify({ library, secret, headers, body }) {
    try {
      new libraries[library](secret).verify(Buffer.from(body, 'base64').toString('utf8'), headers);
      return { genuine: true };
    } catch (error) {
      return { genuine: false, error: error.message };
    }
  },
  sign({ library, secret, id, timestamp, body }) {
    const text = Buffer.from(body, 'base64').toString('utf8');
    return { signature: new libraries[library](secret).sign(id, new Date(timestamp * 1000), text) };
  },
  canonical: ({ texts }) => ({
    texts: texts.map((text) => Buffer.from(JSON.stringify(JSON.parse(Buffer.from(text, 'base64').toString('utf8')))).toString('base64')),
  }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  console.log(JSON.stringify({ type: request.op, ...operations[request.op](request) }));
}
