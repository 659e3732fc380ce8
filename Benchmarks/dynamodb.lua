-- wrk script: one DynamoDB operation over and over, keys spread over the seeded items.
-- Arguments after `--`: the operation, the number of items, and milliseconds between a connection's requests. Load and
-- LoadEvents fill the tables `bench` and `events`; QueryIndex is a Query of the index of `bench`.
local operation, items, pause
local number = 0
local answers = 0
local batch = 25

function init(args)
    operation = args[1]
    items = tonumber(args[2])
    pause = tonumber(args[3] or 0)
    if pause == 0 then delay = nil end
    local loads = operation == "Load" or operation == "LoadEvents"
    if not loads then response = nil end
    wrk.method = "POST"
    wrk.headers["X-Amz-Target"] = "DynamoDB_20120810."
        .. (loads and "BatchWriteItem" or operation == "QueryIndex" and "Query" or operation)
    wrk.headers["Content-Type"] = "application/x-amz-json-1.0"
    wrk.headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
end

function delay() return pause end

local name = string.rep("n", 120)

-- About 250 bytes of JSON; ten of them have one `group`.
local function item(id, count)
    return '{"pk":{"S":"user#' .. id .. '"},"group":{"S":"g' .. math.floor(id / 10) .. '"},"name":{"S":"' .. name
        .. '"},"count":{"N":"' .. count .. '"},"tags":{"L":[{"S":"alpha"},{"BOOL":true}]}}'
end

-- Ten of them have one partition.
local function event(id)
    return '{"pk":{"S":"g' .. math.floor(id / 10) .. '"},"sk":{"N":"' .. id .. '"},"name":{"S":"' .. name
        .. '"},"tags":{"L":[{"S":"alpha"},{"BOOL":true}]}}'
end

local function puts(id, name, make)
    local requests = {}
    for offset = 0, batch - 1 do
        requests[offset + 1] = '{"PutRequest":{"Item":' .. make(id(offset), number + offset) .. "}}"
    end
    return '{"RequestItems":{"' .. name .. '":[' .. table.concat(requests, ",") .. "]}}"
end

local bodies = {
    GetItem = function(id) return '{"TableName":"bench","Key":{"pk":{"S":"user#' .. id .. '"}}}' end,
    PutItem = function(id) return '{"TableName":"bench","Item":' .. item(id, number) .. "}" end,
    Query = function(id)
        return '{"TableName":"events","KeyConditionExpression":"pk = :p","ExpressionAttributeValues":{":p":{"S":"g'
            .. math.floor(id / 10) .. '"}}}'
    end,
    QueryIndex = function(id)
        return '{"TableName":"bench","IndexName":"by-group","KeyConditionExpression":"#g = :g",'
            .. '"ExpressionAttributeNames":{"#g":"group"},"ExpressionAttributeValues":{":g":{"S":"g' .. math.floor(id / 10) .. '"}}}'
    end,
    TransactWriteItems = function(id)
        local put = '{"Put":{"TableName":"bench","Item":'
        return '{"TransactItems":[' .. put .. item(id, number) .. "}}," .. put .. item((id + 1) % items, number) .. "}}]}"
    end,
    BatchWriteItem = function(id)
        return puts(function(offset) return (id + offset * math.floor(items / batch)) % items end, "bench", item)
    end,
    Scan = function() return '{"TableName":"bench"}' end,
}

function request()
    if operation == "Load" or operation == "LoadEvents" then
        -- wrk asks for one request before it sends any: the first batch is made twice. At the end the last one comes again,
        -- which changes nothing, until all were answered.
        local first = math.max(0, math.min(number - batch, items - batch))
        number = number + batch
        local load = operation == "Load" and { "bench", item } or { "events", event }
        return wrk.format(nil, "/", nil, puts(function(offset) return first + offset end, load[1], load[2]))
    end
    number = (number * 1103515245 + 12345) % 2147483648
    return wrk.format(nil, "/", nil, bodies[operation](number % items))
end

function response()
    answers = answers + 1
    -- wrk itself would wait for the end of its time.
    if answers * batch >= items + 64 * batch then os.exit(0) end
end
