global using CsCheck;
global using Vouchsafe.Engine.Discounts;
global using Vouchsafe.Engine.Orders;
global using Vouchsafe.Engine.Redeemables;
global using Vouchsafe.Engine.Stacking;
global using Xunit;
