using Penstock.Contract;
using Penstock.Testing;

namespace Penstock.EndToEnd.Tests.Repository;

/// <summary>What others write connectors against: a change shows in the golden file's difference and is reviewed as API.</summary>
public sealed class ContractSurfaceTests
{
    [Fact]
    public void The_contracts_public_surface_is_as_reviewed() => Golden.Match(PublicSurface.Of(typeof(Problem).Assembly), "contract.txt");
}
