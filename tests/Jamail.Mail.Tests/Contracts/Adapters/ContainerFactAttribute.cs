namespace Jamail.Mail.Tests.Contracts;

/// <summary>A test that needs a container engine; where there is none it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContainerFactAttribute : FactAttribute
{
    private const string Socket = "/var/run/docker.sock";

    public ContainerFactAttribute() => Skip = Environment.GetEnvironmentVariable("DOCKER_HOST") is null && !File.Exists(Socket)
        ? $"No container engine: DOCKER_HOST is not set and {Socket} does not exist."
        : null;
}
