using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>
/// All that a person configures, as one immutable value: parsed, validated as a whole, never changed. Holds references to secrets,
/// never secrets. Lists keep the order of the files; ids are unique within their list.
/// </summary>
public sealed record Project
{
    /// <summary>The project's name (<c>project:</c>).</summary>
    public required string Name { get; init; }

    /// <summary>The zone in which relative dates and days begin. Default UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The ISO 3166 country of phone numbers without a country code; null for none.</summary>
    public string? DefaultCountry { get; init; }

    /// <summary>The folder of the files, absolute; what relative paths are relative to.</summary>
    public required string Folder { get; init; }

    /// <summary>The connections.</summary>
    public IReadOnlyList<App> Apps { get; init; } = [];

    /// <summary>The things synced.</summary>
    public IReadOnlyList<Model> Models { get; init; } = [];

    /// <summary>The ways of sending them.</summary>
    public IReadOnlyList<Destination> Destinations { get; init; } = [];

    /// <summary>The app of that id; throws when there is none, which a validated project doesn't have.</summary>
    public App App(string id) => Apps.Single(app => app.Id == id);

    /// <summary>The model of that id; throws when there is none.</summary>
    public Model Model(string id) => Models.Single(model => model.Id == id);

    /// <summary>The destinations that a model's run serves.</summary>
    public IEnumerable<Destination> DestinationsOf(Model model) => Destinations.Where(destination => destination.ModelId == model.Id);
}

/// <summary>Where in the files something stands.</summary>
/// <param name="File">The file, relative to the project folder.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Path">The place inside, such as <c>models.users.properties.email</c>.</param>
public sealed record Position(string File, int Line, string Path)
{
    /// <summary>The problem with this place filled in.</summary>
    public Problem At(Problem problem) => problem with { File = File, Line = Line, Path = Path };
}

/// <summary>A connection to a system.</summary>
/// <param name="Id">Its id, such as <c>shop</c>.</param>
/// <param name="Type">The connector's type, such as <c>postgres</c>.</param>
public sealed record App(string Id, string Type)
{
    /// <summary>The options with one value, as written: references to secrets unresolved.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>The options with a list of values, as written.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Where it stands.</summary>
    public Position? Position { get; init; }
}

/// <summary>The thing synced: one record per primary key.</summary>
/// <param name="Id">Its id, such as <c>users</c>.</param>
public sealed record Model(string Id)
{
    /// <summary>What people read; the id by default.</summary>
    public string Name { get; init; } = Id;

    /// <summary>The sources: the primary one first, exactly one.</summary>
    public required IReadOnlyList<Source> Sources { get; init; }

    /// <summary>All properties, in the order of the files: those of the sources, then the calculated ones.</summary>
    public required IReadOnlyList<Property> Properties { get; init; }

    /// <summary>The groups.</summary>
    public IReadOnlyList<Group> Groups { get; init; } = [];

    /// <summary>The property that stays when the primary key changes, so that a changed key is a rename; null for none.</summary>
    public string? Identity { get; init; }

    /// <summary>When it runs by itself; null for by hand or through the API only.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>The property that names records in lists, such as <c>email</c>; null to show their keys alone.</summary>
    public string? Display { get; init; }

    /// <summary>The primary source.</summary>
    public Source Primary => Sources[0];

    /// <summary>Where it stands.</summary>
    public Position? Position { get; init; }

    /// <summary>The property of that id; null when there is none.</summary>
    public Property? Find(string property) => Properties.FirstOrDefault(candidate => candidate.Id == property);
}

/// <summary>Where a model's data comes from: a table or query of an app.</summary>
/// <param name="Name">Its name within the model; the table's by default. Letters, digits and underscores.</param>
/// <param name="AppId">The app.</param>
public sealed record Source(string Name, string AppId)
{
    /// <summary>The table as written; null when <see cref="Query"/> is given.</summary>
    public string? Table { get; init; }

    /// <summary>A person's own query; null when <see cref="Table"/> is given.</summary>
    public string? Query { get; init; }

    /// <summary>The columns of the primary key, on the primary source only; one, or several for a key of several columns.</summary>
    public IReadOnlyList<string> PrimaryKey { get; init; } = [];

    /// <summary>On a secondary source: its columns and the properties of the model they equal. All must match.</summary>
    public IReadOnlyList<JoinColumn> Join { get; init; } = [];

    /// <summary>Conditions on its columns, all of which hold.</summary>
    public IReadOnlyList<SourceFilter> Where { get; init; } = [];

    /// <summary>The zone of times that name none. Default UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Whether an empty text counts as null. Default true.</summary>
    public bool EmptyIsNull { get; init; } = true;

    /// <summary>How long its statement may run at the source; null for the app's default.</summary>
    public TimeSpan? TimeOut { get; init; }

    /// <summary>Where it stands.</summary>
    public Position? Position { get; init; }
}

/// <summary>One equality of a join.</summary>
/// <param name="Column">The secondary source's column.</param>
/// <param name="Property">The property of the model.</param>
public sealed record JoinColumn(string Column, string Property)
{
    /// <summary>Where it stands.</summary>
    public Position? Position { get; init; }
}

/// <summary>One typed value of a record.</summary>
/// <param name="Id">Its id: a letter, then letters, digits and underscores.</param>
public sealed record Property(string Id)
{
    /// <summary>Its declared type; null to take the column's or expression's.</summary>
    public DataType? Type { get; init; }

    /// <summary>The source it comes from; null for a calculated one.</summary>
    public string? Source { get; init; }

    /// <summary>What is read from the source; null for a calculated one. Its name is the property's id.</summary>
    public SelectedColumn? Column { get; init; }

    /// <summary>A scalar SQL expression over other properties, in the workspace's dialect; null for one from a source.</summary>
    public string? Expression { get; init; }

    /// <summary>Where it stands.</summary>
    public Position? Position { get; init; }
}
