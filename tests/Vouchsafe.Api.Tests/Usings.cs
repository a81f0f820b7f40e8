global using System.Net;
global using Vouchsafe.Api.Tests.Infrastructure;
global using Xunit;
