namespace Vouchsafe.Engine.Discounts;

/// <summary>How a discount reaches the order. The wire names are these in capitals with underscores (<see cref="WireNames"/>).</summary>
public enum DiscountEffect
{
    /// <summary>Off the order's total.</summary>
    ApplyToOrder,

    /// <summary>Off each applicable line, once a line.</summary>
    ApplyToItems,

    /// <summary>One amount split over the applicable lines by their amounts.</summary>
    ApplyToItemsProportionally,

    /// <summary>One amount split over the applicable lines by their quantities.</summary>
    ApplyToItemsProportionallyByQuantity,

    /// <summary>Off each applicable unit.</summary>
    ApplyToItemsByQuantity,

    /// <summary>Free units; those in the cart count, only the missing ones are added.</summary>
    AddMissingItems,

    /// <summary>Free units, all of them added.</summary>
    AddNewItems,

    /// <summary>Several kinds of free units.</summary>
    AddManyItems,

    /// <summary>Free units of what the cart holds.</summary>
    AddSameItems,
}
