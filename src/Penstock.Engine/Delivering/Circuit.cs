using Penstock.Contract;

namespace Penstock.Engine.Delivering;

/// <summary>Ends a delivery whose far end has left so many batches in a row without a usable answer.</summary>
internal sealed class Circuit(int most)
{
    private readonly Lock _lock = new();
    private int _inARow;

    /// <summary>Takes note of a batch.</summary>
    /// <returns>What to end the delivery with; null when it goes on.</returns>
    public PenstockException? Note(Outcomes outcomes, PenstockException? setback)
    {
        lock (_lock)
        {
            if (setback is not null)
                return ++_inARow >= most ? setback : null;
            if (outcomes.Count > 0 && outcomes[0].Kind != OutcomeKind.None)
                _inARow = 0; // stopping says nothing about the far end
            return null;
        }
    }
}
