#:project ../src/Jamail.Queueing
#:property PublishAot=false

// Called by expand-scripts.sh: writes every script, includes expanded, to <folder>/<name>-<keys>.lua.
using Jamail.Queueing;

foreach (var script in new LuaScriptCatalog(PausedLayout.Wait).All)
{
    File.WriteAllText(Path.Combine(args[0], $"{script.Name}-{script.KeyCount}.lua"), script.Text);
}
