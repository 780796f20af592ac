using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Penstock.Control;
using Penstock.Control.Users;

namespace Penstock.Server.Security;

/// <summary>Puts the guards of the web face into place.</summary>
public static class SecuritySetup
{
    /// <summary>Signing in by cookie or API key, the policies, limits, and tokens of forms. After all that uses Data Protection.</summary>
    public static IServiceCollection AddPenstockSecurity(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddAuthentication(Schemes.Either)
            .AddPolicyScheme(Schemes.Either, null, options => options.ForwardDefaultSelector =
                context => ApiKeyAuthentication.IsUsedBy(context.Request) ? Schemes.ApiKey : Schemes.Cookie)
            .AddCookie(Schemes.Cookie, SessionCookie.Configure)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(Schemes.ApiKey, null);
        services.AddAuthorization(AddPolicies);
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitSessions>();
        services.AddScoped<CurrentActor>();
        services.AddScoped<BrowserSession>();
        services.AddSingleton<RateLimits>();
        services.AddRateLimiter(RateLimits.Configure);
        services.AddAntiforgery(options => options.Cookie = new GuardedCookie
        {
            Name = SessionCookie.Name + ".Form",
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            IsEssential = true,
        });
        UseOwnKeys(services);
        return services;
    }

    /// <summary>The guards in their order; before the endpoints and instead of <c>UseAntiforgery</c>.</summary>
    public static WebApplication UsePenstockSecurity(this WebApplication application, ServerSetup setup)
    {
        if (setup.TrustedProxies.Count > 0)
            application.UseForwardedHeaders(Forwarded(setup.TrustedProxies));
        application.Use(SecurityHeaders.SetAsync);
        application.Use(SameOrigin.CheckAsync);
        application.UseAuthentication();
        application.UseRateLimiter();
        application.UseAuthorization();
        application.UseAntiforgery();
        return application;
    }

    // Penstock's key ring is in the control database; ASP.NET's own, which would be made in somebody's home folder, is not wanted.
    private static void UseOwnKeys(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton(provider => provider.GetRequiredService<ControlServices>().Keys.Provider));
        foreach (var loader in services.Where(service => service.ImplementationType?.Name == "DataProtectionHostedService").ToList())
            services.Remove(loader);
    }

    private static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var role in Enum.GetValues<Role>())
            options.AddPolicy(role.ToString(), policy => policy.RequireRole(Policies.RolesFrom(role)));
        options.AddPolicy(Policies.Person, policy => policy.RequireClaim(Principals.Kind, nameof(ActorKind.Person)));
        // Whoever forgets a policy has shut their endpoint, not opened it.
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
    }

    private static ForwardedHeadersOptions Forwarded(IReadOnlyList<string> proxies)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null, // as many as are trusted
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        return options;
    }
}
