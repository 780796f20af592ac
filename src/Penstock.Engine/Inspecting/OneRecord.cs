using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Inspecting;

/// <summary>
/// Narrows a connection down to one record: a temporary <c>records</c> of its own stands before the real one from then on, with the
/// groups as the model has them now. So all that plans and sends many records plans and sends this one.
/// </summary>
internal sealed class OneRecord(WorkspaceConnection connection, Project project, Model model, LoadedRecords loaded, RunnerSetup setup)
{
    private string _file = "";

    /// <summary>Makes the temporary records.</summary>
    /// <param name="key">The record's key in the model.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether the model has the record.</returns>
    public async Task<bool> NarrowAsync(string key, CancellationToken cancellationToken)
    {
        _file = await connection.ScalarAsync<string>(Sql.Of($"SELECT current_database()"), cancellationToken) ?? "";
        await connection.ExecuteAsync(
            Sql.Of($"CREATE TEMPORARY TABLE {Layout.Records} AS {All(Sql.Of($"{Layout.Key} = CAST({Value.Of(key)} AS VARCHAR)"))}"),
            cancellationToken);
        return await connection.ScalarAsync<long>(Sql.Of($"SELECT count(*) FROM {Layout.Records}"), cancellationToken) > 0;
    }

    /// <summary>
    /// Compiles a destination over what is loaded, and adds to the temporary records those that could be taken for this one there: with the
    /// same key or the same identity.
    /// </summary>
    /// <exception cref="PenstockException">The destination can't be used, or needs what is not loaded.</exception>
    public async Task<CompiledDestination> CompileAsync(Destination destination, string key, CancellationToken cancellationToken)
    {
        var compiled = Compile(destination);
        string? there = null, identity = null;
        var mine = Sql.Of(
            $"SELECT key, identity FROM (\n{compiled.Desired}\n) AS desired WHERE record = CAST({Value.Of(key)} AS VARCHAR)");
        await foreach (var row in connection.QueryAsync(mine, cancellationToken))
            (there, identity) = (row.IsDBNull(0) ? null : row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1));
        var alike = new List<Sql>();
        if (compiled.KeysMayRepeat && there is not null && destination.Key.Property is { } property)
            alike.Add(Sql.Of($"{Text(property)} = CAST({Value.Of(there)} AS VARCHAR)"));
        if (compiled.Renames && identity is not null)
            alike.Add(Sql.Of($"{Text(model.Identity!)} = CAST({Value.Of(identity)} AS VARCHAR)")); // renames need an identity
        if (alike.Count > 0)
        {
            var others = All(Sql.Of(
                $"({Sql.Join(" OR ", alike)}) AND {Layout.Key} NOT IN (SELECT {Layout.Key} FROM {new Identifier("temp", "records")})"));
            await connection.ExecuteAsync(Sql.Of($"INSERT INTO {new Identifier("temp", "records")} BY NAME {others}"), cancellationToken);
        }

        return compiled;
    }

    /// <summary>
    /// Makes temporary delivered, refused and history tables with what is known of the record, and a temporary plan of it.
    /// </summary>
    public async Task PlanAsync(
        CompiledDestination compiled, string key, CancellationToken cancellationToken, bool isWhole = false)
    {
        var id = compiled.Context.Id;
        var keys = Sql.Of($"SELECT key FROM (\n{compiled.Desired}\n) AS desired WHERE key IS NOT NULL");
        var known = Sql.Of($"key IN ({keys}) OR key = CAST({Value.Of(key)} AS VARCHAR)");
        var alike = Sql.Of($"{known} OR record = CAST({Value.Of(key)} AS VARCHAR)"
            + $" OR identity IN (SELECT identity FROM (\n{compiled.Desired}\n) AS desired WHERE identity IS NOT NULL)");
        await CopyAsync(Layout.Delivered(id), isWhole ? Sql.Of($"FALSE") : alike, cancellationToken);
        await CopyAsync(Layout.Refused(id), isWhole ? Sql.Of($"FALSE") : known, cancellationToken);
        await CopyAsync(
            Layout.History(id), Sql.Of($"key IN ({keys}) OR key IN (SELECT key FROM {Layout.Delivered(id)})"), cancellationToken);
        var tables = new DestinationTables(connection, id) { IsTemporary = true };
        await tables.EnsureAsync(cancellationToken);
        var facts = new PlanFacts(
            await tables.KnownColumnsAsync(compiled, cancellationToken),
            IsFirst: await CountAsync(Sql.Of($"SELECT count(*) FROM {Layout.Delivered(id)}"), cancellationToken) == 0,
            Full: false,
            MayRemove: compiled.Context.Mode == SyncModes.Sync,
            HasUnclear: await CountAsync(
                Sql.Of($"SELECT count(*) FROM {Layout.Delivered(id)} WHERE unclear IS NOT NULL"), cancellationToken) > 0);
        var statements = new PlanStatements(compiled, facts) { IsTemporary = true };
        await connection.ExecuteAsync(statements.Create(), cancellationToken);
        await connection.ExecuteAsync(statements.Park(), cancellationToken);
    }

    /// <summary>Leaves of the connection's plan only what is about the record.</summary>
    public static Task OnlyAsync(
        WorkspaceConnection connection, CompiledDestination compiled, string key, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            Sql.Of(
                $"DELETE FROM {Layout.Plan(compiled.Context.Id)} WHERE record IS DISTINCT FROM CAST({Value.Of(key)} AS VARCHAR)"),
            cancellationToken);

    private CompiledDestination Compile(Destination destination)
    {
        var needed = destination.Mapping.Select(mapping => mapping.Property).Append(model.Identity).OfType<string>();
        foreach (var id in needed)
        {
            if (model.Find(id) is not { } property || loaded.StateOf(model, property) == LoadedState.Missing)
            {
                throw new PenstockException(InspectingProblems.NotLoaded.Of(
                    $"The destination {destination.Id} needs the property {id}, which is not loaded yet.",
                    InspectingProblems.NotLoaded.ToDo));
            }
        }

        foreach (var id in destination.Groups.Select(group => group.GroupId).Append(destination.GroupId).OfType<string>())
        {
            var rule = LoadedRules.Of(project, model, loaded, setup.Time).OfGroup(id);
            if (rule.Condition is null)
                throw new PenstockException(rule.Problem!); // without a condition there is a problem
        }

        var context = DestinationBinder.Bind(project, destination, setup.Connectors, setup.Secrets);
        var canRename = setup.Connectors.Find(project.App(destination.AppId).Type) is IRenames;
        var resolved = new ResolvedModel(
            model, loaded.Types(model), loaded.KeyTypes, new Dictionary<string, IReadOnlyList<DataType>>());
        return DestinationCompiler.Compile(resolved, destination, context, canRename);
    }

    private Sql All(Sql where)
    {
        var rules = LoadedRules.Of(project, model, loaded, setup.Time);
        var properties = loaded.Columns.Keys.Select(id => Sql.Of($"{Layout.Property(id)}"));
        var groups = model.Groups.Select(group => (group.Id, rules.OfGroup(group.Id).Condition))
            .Where(group => group.Condition is not null)
            .Select(group => Sql.Of($"{group.Condition!} AS {Layout.Group(group.Id)}")); // filtered just now
        var columns = Sql.Join(", ", [Sql.Of($"{Layout.Key}"), .. properties, .. groups]);
        return Sql.Of($"SELECT {columns} FROM {Real(Layout.Records)} WHERE {where}");
    }

    private async Task CopyAsync(Identifier table, Sql where, CancellationToken cancellationToken)
    {
        var there = await CountAsync(
            Sql.Of($"SELECT count(*) FROM duckdb_tables() WHERE table_name = {Value.Of(table.Name)} AND database_name = {Value.Of(_file)}"),
            cancellationToken);
        if (there > 0)
        {
            await connection.ExecuteAsync(
                Sql.Of($"CREATE OR REPLACE TEMPORARY TABLE {table} AS SELECT * FROM {Real(table)} WHERE {where}"), cancellationToken);
        }
    }

    private Task<long> CountAsync(Sql query, CancellationToken cancellationToken) =>
        connection.ScalarAsync<long>(query, cancellationToken);

    private Sql Text(string property) =>
        FieldConversion.AsText(Sql.Of($"{Layout.Property(property)}"), loaded.Types(model)[property]);

    private Identifier Real(Identifier table) => new(_file, "main", table.Name);
}
