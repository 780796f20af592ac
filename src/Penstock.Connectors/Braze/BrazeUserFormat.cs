using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Connectors.Braze;

/// <summary>How one destination's users are written: names encoded once, groups sorted by form.</summary>
internal sealed class BrazeUserFormat
{
    private static readonly JsonEncodedText SubscriptionsName = JsonEncodedText.Encode("subscription_groups");
    private static readonly JsonEncodedText SubscriptionIdName = JsonEncodedText.Encode("subscription_group_id");
    private static readonly JsonEncodedText SubscriptionStateName = JsonEncodedText.Encode("subscription_state");
    private static readonly JsonEncodedText Subscribed = JsonEncodedText.Encode("subscribed");
    private static readonly JsonEncodedText Unsubscribed = JsonEncodedText.Encode("unsubscribed");
    private static readonly JsonEncodedText AddName = JsonEncodedText.Encode("add");
    private static readonly JsonEncodedText RemoveName = JsonEncodedText.Encode("remove");

    private readonly JsonEncodedText[] _fields;
    private readonly Place[] _subscriptions;
    private readonly Place[] _booleans;
    private readonly Segment[] _segments;

    public BrazeUserFormat(DestinationContext destination)
    {
        _fields = [.. destination.Fields.Select(field => JsonEncodedText.Encode(field.Name))];
        _subscriptions = [.. Of(destination, BrazeUsers.SubscriptionGroup)];
        _booleans = [.. Of(destination, BrazeUsers.BooleanAttribute)];
        _segments =
        [
            .. from place in Of(destination, BrazeUsers.SegmentAttribute)
               group place by place.Target into shared
               select new Segment(shared.Key, [.. shared]),
        ];
    }

    /// <summary>The changed fields, null to clear.</summary>
    public void WriteFields(Utf8JsonWriter json, Change change)
    {
        for (var i = 0; i < _fields.Length; i++)
        {
            if (!change.TryGet(i, out var value))
                continue;
            json.WritePropertyName(_fields[i]);
            if (value.Kind == ValueKind.Json)
                BrazeNested.Write(json, value.Json);
            else
                value.WriteTo(json);
        }
    }

    /// <summary>The groups entered and left.</summary>
    public void WriteGroups(Utf8JsonWriter json, Change change)
    {
        WriteSubscriptions(json, change);
        foreach (var boolean in _booleans)
        {
            if (change.Group(boolean.Group) is var state and not GroupState.Same)
                json.WriteBoolean(boolean.Target, state == GroupState.Entered);
        }

        foreach (var segment in _segments)
            WriteSegment(json, change, segment);
    }

    private void WriteSubscriptions(Utf8JsonWriter json, Change change)
    {
        var isOpen = false;
        foreach (var subscription in _subscriptions)
        {
            var state = change.Group(subscription.Group);
            if (state == GroupState.Same || (state == GroupState.Left && subscription.IsLeftAlone))
                continue;
            if (!isOpen)
                json.WriteStartArray(SubscriptionsName);
            isOpen = true;
            json.WriteStartObject();
            json.WriteString(SubscriptionIdName, subscription.Target);
            json.WriteString(SubscriptionStateName, state == GroupState.Entered ? Subscribed : Unsubscribed);
            json.WriteEndObject();
        }

        if (isOpen)
            json.WriteEndArray();
    }

    // Elements are added and removed one by one, never the array as a whole: others may keep elements of their own in it.
    private static void WriteSegment(Utf8JsonWriter json, Change change, Segment segment)
    {
        var entered = Has(change, segment, GroupState.Entered);
        var left = Has(change, segment, GroupState.Left);
        if (!entered && !left)
            return;
        json.WriteStartObject(segment.Attribute);
        if (entered)
            WriteElements(json, change, segment, AddName, GroupState.Entered);
        if (left)
            WriteElements(json, change, segment, RemoveName, GroupState.Left);
        json.WriteEndObject();
    }

    private static bool Has(Change change, Segment segment, GroupState state)
    {
        foreach (var place in segment.Groups)
        {
            if (change.Group(place.Group) == state)
                return true;
        }

        return false;
    }

    private static void WriteElements(Utf8JsonWriter json, Change change, Segment segment, JsonEncodedText name, GroupState state)
    {
        json.WriteStartArray(name);
        foreach (var place in segment.Groups)
        {
            if (change.Group(place.Group) == state)
                json.WriteStringValue(place.Element);
        }

        json.WriteEndArray();
    }

    private static IEnumerable<Place> Of(DestinationContext destination, string form) =>
        destination.Groups.Index()
            .Where(pair => pair.Item.Form.Name == form)
            .Select(pair => new Place(
                pair.Index,
                JsonEncodedText.Encode(pair.Item.Target),
                JsonEncodedText.Encode(pair.Item.Group),
                pair.Item.Leaving == BrazeUsers.LeaveAlone));

    private sealed record Place(int Group, JsonEncodedText Target, JsonEncodedText Element, bool IsLeftAlone);

    private sealed record Segment(JsonEncodedText Attribute, Place[] Groups);
}
