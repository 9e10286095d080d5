namespace Jamail.TestWorker;

public sealed record WorkResult(int Number, string By, int Attempt);
