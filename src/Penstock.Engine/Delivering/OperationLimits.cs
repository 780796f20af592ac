using Penstock.Contract;

namespace Penstock.Engine.Delivering;

/// <summary>What each operation's requests take at a destination: for planning what they cost, and for sending them.</summary>
public static class OperationLimits
{
    /// <summary>The declared limits; an option of the app or destination may have another say about writes.</summary>
    public static Limits Of(IConnector connector, object app, DestinationContext destination, Operation operation)
    {
        var kind = destination.Kind;
        var own = operation switch
        {
            Operation.Remove => kind.RemoveLimits,
            Operation.Rename => kind.RenameLimits,
            Operation.Find => kind.LookupLimits,
            Operation.Enter or Operation.Leave => kind.MemberLimits,
            _ => null,
        };
        return own ?? (connector as IDestination)?.LimitsFor(app, destination) ?? kind.Limits;
    }
}
