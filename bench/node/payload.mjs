// The same job on both sides; see BenchPayload.cs.
const text = 'x'.repeat(100);

export const jobName = 'bench';

export const payload = number => ({ to: 'user@example.com', template: 'welcome', number, text });

export const jobOptions = spec => (spec.failures > 0 ? { attempts: spec.failures + 1 } : {});
