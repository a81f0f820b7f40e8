# Builds the server and runs it as an unprivileged user. The image needs a writable volume at /data and nothing else, so it
# runs with a read-only root file system:
#   docker run --read-only --tmpfs /tmp -v vouchsafe:/data -p 8010:8010 vouchsafe
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/ src/
RUN dotnet publish src/Vouchsafe.Server -c Release -o /app --use-current-runtime --self-contained false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
RUN mkdir /data && chown $APP_UID /data
ENV VOUCHSAFE_Storage__ConnectionString="Data Source=/data/vouchsafe.db" \
    VOUCHSAFE_Urls="http://+:8010" \
    DOTNET_EnableDiagnostics=0
VOLUME /data
EXPOSE 8010
USER $APP_UID
ENTRYPOINT ["dotnet", "Vouchsafe.Server.dll"]
